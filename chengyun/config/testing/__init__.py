"""What every room's tests stand on: settings, a throw-away database, a closed network, a browser."""

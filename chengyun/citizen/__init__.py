"""The public's pages: report, follow, rate, and look at what goes on. No log-in."""

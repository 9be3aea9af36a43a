"""Tables: contracts, usage, bills."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("budget", "0001_ledger")]

    operations = []

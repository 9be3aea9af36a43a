"""Tables: indicators, bindings, measurements, self-evaluation."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("budget", "0002_contracts")]

    operations = []

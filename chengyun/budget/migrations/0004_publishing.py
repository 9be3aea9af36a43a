"""Tables: publications and their differences."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("budget", "0003_performance")]

    operations = []

"""Tables: codes of the year, budgets, lines, calculations, projects."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = []

    operations = []

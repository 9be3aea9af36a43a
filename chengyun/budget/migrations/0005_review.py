"""Tables: documents that were checked, findings and what became of them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("budget", "0004_publishing")]

    operations = []

"""Tables: articles of the knowledge base, and what came from other platforms."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("hotline", "0002_desk")]

    operations = []

"""Tables: learnt models and the dispatch catalogue 派单目录."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("hotline", "0004_handling")]

    operations = []

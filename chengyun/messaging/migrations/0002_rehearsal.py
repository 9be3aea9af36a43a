"""Messages of rehearsals, and gateways that reach nobody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="gatewayrow", name="practice", field=models.BooleanField(default=False)
        ),
        migrations.AddField(model_name="message", name="rehearsal", field=models.BooleanField(default=False)),
    ]

"""Pictures: functions take what is to be shown and draw it with matplotlib and seaborn, for a desk and for a phone."""

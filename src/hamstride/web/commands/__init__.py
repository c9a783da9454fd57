"""The commands of the app. The command line finds them by name and never imports them itself."""

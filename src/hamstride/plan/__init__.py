"""Phase and decision in; today's session and the week out."""

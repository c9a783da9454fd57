"""A made-up runner, her file and her activities, and the encoder that writes them."""

"""The pages, a module each. Every view fetches what it shows through `asking`, which checks."""

"""What runs in the child process, where programs are: nothing else imports it."""

"""What a supervisor of disclosure work does; now: collecting, auditing and publishing annual reports."""

"""The doors of listen for programs: one router per noun."""

"""The archive as data: its articles as typed values, filtered, as they were at any time, in forms that tools read."""

"""What formats that go out share: the part of a record that is drawn, and the command that makes a file again."""

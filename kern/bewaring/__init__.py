"""How long things are kept: rules that an administrator sets, announced a week ahead, and carried out at night."""

"""The pure rooms: no clock, file, network, database, environment or terminal."""

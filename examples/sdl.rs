fn main() {
    print!("{}", simpul::schema::sdl());
}

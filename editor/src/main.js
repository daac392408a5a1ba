// Opens GraphiQL, or the plain editor where the screen is too narrow for it.
const address = new URL(location.href);
if (!address.searchParams.has("editor") && matchMedia("(max-width: 800px)").matches) {
  address.searchParams.set("editor", "plain");
  location.replace(address);
} else {
  import("./graphiql.jsx");
}

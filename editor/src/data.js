// What the page tells the editor: its texts in the page's language, and the examples.
const read = (id) => JSON.parse(document.getElementById(id).textContent);

export const texts = read("texts");
export const examples = read("examples");

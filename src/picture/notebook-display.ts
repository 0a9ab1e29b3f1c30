/** Notebooks of Deno ask objects by this name how they look. */
export const notebookDisplay = Symbol.for("Jupyter.display");

export { printFormatText, printIntrinsicText, quote } from "../expression/intrinsic-text.js";

// English needs no translation. A page in another language gets that language's catalogue in place of this one.
export default {};
export const formOf = (count) => (count === 1 ? 0 : 1);

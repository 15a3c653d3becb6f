/** Calls of a page where neither `first` nor `last` is given. */
export const defaultPageSize = 20;
/** The most calls of a page. A larger one is refused before a request is sent, and costs no more than this. */
export const maxPageSize = 500;
/** The most ids in one look-up. */
export const maxIds = 100;

/** What rows of a table have not, and sockets have. */
export const NO_CONTEXT = { namespace: undefined, owners: undefined, ownerless: undefined };

/**
 * Version of the JSON documents. It is raised when a field goes, changes its type or its meaning, or may be absent where it
 * was not; not when a field, a kind of document or a word in a field is added. What of ours reads documents reads this version
 * and the one before: see docs/query-and-view.md.
 */
export const SCHEMA_VERSION = 1;

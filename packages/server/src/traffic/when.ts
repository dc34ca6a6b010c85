/** When the kernel is asked for traffic, which procfs does not tell: while somebody wants to know, always, or never. */
export type TrafficWhen = "asked" | "always" | "never";

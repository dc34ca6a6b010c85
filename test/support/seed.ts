import fc from "fast-check";

/*
 * Property tests draw the same values in each run: a run that fails fails again, and a change is not blamed for what chance found.
 * `PROCNET_SEED=random` draws others, and a number draws those of that seed; `npm run fuzz` goes on looking.
 */
const { PROCNET_SEED: wanted = "1" } = process.env;

if (wanted !== "random") fc.configureGlobal({ seed: Number(wanted) });

/**
 * `npm run bench:ui -- [--only NAME,…] [--quick] [--json FILE]`: how soon the page answers to a person,
 * with 10,000 notes and a processor four times as slow.
 */
import { runBenches } from '../runner.mjs';
import { interactions } from './interactions.mjs';

await runBenches({ interactions });

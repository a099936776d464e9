import type { Files } from './app.ts';

/** A small folder of notes, as people keep them. */
export const EVERYDAY: Files = {
  'kitchen/sourdough.md': `# Sourdough

Feed the starter with equal weights of rye flour and water, twice a day.

## Baking

Bake in a covered pot at 250 degrees for twenty minutes, then uncover until the crust is dark.
`,
  'kitchen/coffee.md': `---
title: Better coffee
tags: [kitchen, mornings]
---

Grind the beans just before brewing. Water just off the boil, sixteen grams for a quarter litre.
`,
  'garden/growing-tomatoes.md': `# Growing tomatoes

Water at the roots in the early morning. Pinch out the side shoots, or the plant grows leaves
instead of fruit.
`,
  'garden/slugs.txt': `Slugs come at night. Copper tape around the raised beds keeps most of them away.
`,
  'house/boiler.md': `# Boiler

The pressure should stand between one and two bar. When the radiators stay cold, bleed them and top
the system up at the filling loop.
`,
  'money/tax-return.md': `# Tax return

Keep receipts for the home office. The deadline to file is the end of July.
`,
  'travel/lisbon.md': `# Lisbon

The tram up to the old castle is slow but lovely. Custard tarts in Belém before ten, or the queue
is long.
`,
  'health/lower-back.md': `# Lower back

Stretch the hips every evening. Sitting all day is what makes it ache; get up each half hour.
`,
  'work/standup.md': `# Standup

Keep it under ten minutes. Each person says what blocks them, nothing else.
`,
  'family/grandmothers-birthday.md': `# Grandmother's birthday

She turns ninety in October. Order the cake early and ask everyone for an old photograph.
`,
};

/** Everyday words that share few words with the note they ask for. */
export const QUESTIONS: [query: string, title: string][] = [
  ['how do I keep my bread culture alive', 'Sourdough'],
  ['no heat coming from the heaters', 'Boiler'],
  ['my spine hurts from the office chair', 'Lower back'],
  ['when must I send the papers to the revenue office', 'Tax return'],
];

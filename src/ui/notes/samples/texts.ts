/** Thirty short notes to try Findling with: everyday matters, said in everyday words. */
export interface Sample {
  title: string;
  tags: string[];
  text: string;
}

const note = (title: string, tags: string, text: string): Sample => ({
  title,
  tags: tags.split(' ').filter(Boolean),
  text,
});

export const SAMPLES: readonly Sample[] = [
  note(
    'Start here',
    '',
    `These notes are examples. Change them, or remove all of them from the list of notes.

Press **Ctrl+K** (or ⌘K) and ask in your own words. Some to try:

- [ ] my bread does not rise
- [ ] something warm for a cold evening
- [ ] what did the doctor say about sitting
- [ ] places by the sea

None of these share many words with the notes that answer them. A link between two notes is a name in double brackets, such as [[Sourdough starter]].`,
  ),
  note(
    'Sourdough starter',
    'kitchen',
    `Feed it with equal weights of rye flour and water, morning and evening, and keep it near the stove. When it smells of apples and doubles in four hours it is ready.

If it stays flat, the kitchen is too cold: a bowl of warm water beside it helps. Used in [[Weekend loaf]].`,
  ),
  note(
    'Weekend loaf',
    'kitchen',
    `## Dough

500 g flour, 350 g water, 100 g of the [[Sourdough starter]], 10 g salt. Fold four times, half an hour apart.

## Oven

Covered at 250° for twenty minutes, then open until the crust is dark.`,
  ),
  note(
    'Lentil soup',
    'kitchen winter',
    `Onion, carrot and cumin in oil, a cup of red lentils, a litre of stock. Twenty minutes. Lemon at the end, never before.

Better on the second day, and it freezes well.`,
  ),
  note(
    'Coffee, finally good',
    'kitchen',
    `Grind just before brewing. Sixteen grams for a quarter of a litre, water a minute off the boil, three minutes and stop. Bitter means too fine, sour means too coarse.`,
  ),
  note(
    'Boiler',
    'house',
    `Pressure should stand between 1 and 2 bar. When the radiators stay cold: bleed them from the lowest floor up, then top up at the loop under the sink.

Serviced every September. The engineer's number is in [[Who to call]].`,
  ),
  note(
    'Who to call',
    'house',
    `| What | Who |
| --- | --- |
| Heating | Mrs Okafor, answers before nine |
| Leaks | the caretaker, ground floor |
| Electricity | the big firm at the station |`,
  ),
  note(
    'Damp in the bathroom',
    'house',
    `The black spots came back behind the door. Air for ten minutes after each shower, wipe the tiles, keep the door shut. The fan's filter was full of dust: clean it each spring.`,
  ),
  note(
    'Painting the hall',
    'house',
    `- [x] measure: 34 square metres
- [x] fill the holes
- [ ] tape the skirting
- [ ] two coats, a day apart

The colour is the third one on the card, the warm grey.`,
  ),
  note(
    'Tomatoes',
    'garden summer',
    `Water at the roots in the early morning, never on the leaves. Pinch out the side shoots or there will be a jungle and no fruit. Basil between the plants.`,
  ),
  note(
    'Slugs',
    'garden',
    `They come at night after rain. Copper tape around the raised beds keeps most away; a board laid down in the evening gathers the rest. No pellets, because of the hedgehog.`,
  ),
  note(
    'What to sow when',
    'garden',
    `March: peas, broad beans. April: lettuce, radish. May, after the last frost: beans, courgettes, the [[Tomatoes]] go out. August: spinach for the autumn.`,
  ),
  note(
    'Lower back',
    'health',
    `What the physiotherapist said: it is the sitting. Get up every half hour, stretch the hips in the evening, walk to the second stop instead of the first. No weights before March.`,
  ),
  note(
    'Sleeping better',
    'health',
    `Works: a cool room, the same hour every night, a dull book. Does not: coffee after two, the phone, "just one more episode".`,
  ),
  note(
    'Running plan',
    'health',
    `Three times a week, slow enough to talk. Add a kilometre every second Sunday. When the shin hurts, a week of cycling instead.`,
  ),
  note(
    'Lisbon in four days',
    'travel',
    `The old tram is slow and lovely, before nine. Custard tarts in Belém, then along the river on foot. The miradouro in Graça for the sunset. The hotel by the castle was loud.`,
  ),
  note(
    'A week on the coast',
    'travel summer',
    `The cottage above the harbour: book in January. Low tide is best for the long beach; the café in the lighthouse shuts on Mondays. Take the big coats even in July.`,
  ),
  note(
    'Packing list',
    'travel',
    `- [ ] passport, cards
- [ ] charger and the flat adapter
- [ ] medicine
- [ ] something to read
- [ ] the good raincoat`,
  ),
  note(
    'Night trains',
    'travel',
    `The upper bunk is quieter and warmer. Book the compartment for four, half a year ahead. Bring water and breakfast: the restaurant car is a legend.`,
  ),
  note(
    'Tax return',
    'money',
    `Due at the end of July. Needed: the employer's statement, receipts for the home office, donations, the craftsman's invoice for the [[Boiler]]. Last year it took two evenings.`,
  ),
  note(
    'Where the money goes',
    'money',
    `Rent and heating are more than half. Cancel the second streaming service. Put aside a tenth on the first of the month, before there is anything to spend it on.`,
  ),
  note(
    'Standup rules',
    'work',
    `Ten minutes. Each says what is in the way, nothing else. Whoever wants to discuss stays afterwards.`,
  ),
  note(
    'Talking to Priya about the deadline',
    'work',
    `She would rather have less, and on time. Agreed: the export waits until spring, the import ships on the 14th. She tells the customer, I tell the team.`,
  ),
  note(
    'Job interview questions',
    'work',
    `What would you do differently the second time? When did you last change your mind, and why? What should we ask you that nobody asks?`,
  ),
  note(
    'Learning to give feedback',
    'work',
    `Say what you saw, what it did, what you would like. Soon, and in private. Praise in public, and with the detail that shows you looked.`,
  ),
  note(
    'Books to read',
    'reading',
    `- [ ] the one on rivers that Tom lent me
- [ ] anything by the woman from the radio
- [x] the history of salt

See [[Notes on salt]].`,
  ),
  note(
    'Notes on salt',
    'reading',
    `> Whoever had it could keep meat through the winter, and so could keep an army.

Cities grew along the roads that carried it; taxes on it began more than one revolution.`,
  ),
  note(
    'Grandmother’s ninetieth',
    'family',
    `In October, at my aunt's. Order the cake early, no nuts. Ask everyone for one old photograph and the story that belongs to it.`,
  ),
  note(
    'Gift ideas',
    'family',
    `Mum: seeds and a good trowel. Jonas: the night train to anywhere (see [[Night trains]]). Ada: a torch, a magnifying glass, a box with a lock.`,
  ),
  note(
    'First aid for the cat',
    'family',
    `Ticks: the hook, twist, never pull. If she does not eat for a day, ring the vet; for two, go there. The basket is on top of the wardrobe.`,
  ),
];

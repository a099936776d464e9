/**
 * Short everyday texts, each with one that means about the same in other words. Each is also taken
 * with the second halves of others, as unrelated. From them a model's own scale is found: see
 * `calibrate`. Changing them changes what every stored calibration means: raise the version.
 */
export const CALIBRATION_VERSION = 1;

export const SIMILAR_PAIRS: readonly (readonly [string, string])[] = [
  ['how to get red wine out of a carpet', 'Removing stains from rugs: blot, cold water, salt.'],
  ['the dog will not eat his food', 'Our puppy has lost its appetite since Monday.'],
  ['cheap flights to Lisbon in spring', 'Low-cost airline tickets to Portugal for April.'],
  ['my back hurts after sitting all day', 'Stretches against spine pain for office workers.'],
  ['ideas for a birthday present for mum', 'Gift list for mother turning sixty.'],
  [
    'the car makes a strange noise when braking',
    'Squeaking discs: the garage says the pads are worn.',
  ],
  ['how do I freeze bread', 'Keeping loaves in the freezer, sliced, for a month.'],
  ['trouble falling asleep', 'Insomnia: no screens late at night, a cool dark bedroom.'],
  ['the internet is slow upstairs', 'Weak wireless signal on the first floor; move the router.'],
  ['learning to play the guitar', 'Chord practice, twenty minutes every evening.'],
  ['what to do when the power goes out', 'Blackout: torch in the drawer, check the fuse box.'],
  ['saving money for a house', 'Down payment plan: put aside a tenth of the salary.'],
  ['growing tomatoes on the balcony', 'Vegetables in pots: sun, feed weekly, pinch side shoots.'],
  ['meeting with the boss about a raise', 'Salary talk with my manager on Thursday.'],
  ['quick dinner for two', 'A fast evening meal: pasta with garlic and oil.'],
  ['the baby has a fever', 'Infant temperature above 38: call the doctor.'],
  ['running my first marathon', 'Training plan for the 42 kilometre race in October.'],
  ['the program crashes when I open a large file', 'Bug: out of memory on loading big documents.'],
  ['renewing my passport', 'Travel document expires in June; photos and form needed.'],
  ['a good book for the holidays', 'Novels to read on vacation.'],
  ['neighbours are too loud at night', 'Noise complaint about the flat next door.'],
  ['how to train a cat to use the door', 'Teaching a kitten the flap with treats.'],
  ['washing a wool jumper', 'Knitwear: hand wash lukewarm, dry flat.'],
  ['visiting grandmother in hospital', 'Ward visiting hours, bring granny her glasses.'],
  ['planning the wedding seating', 'Which guests sit at which table at our marriage party.'],
  ['the heating does not get warm', 'Radiators stay cold; bleed the air out of them.'],
  ['making new friends in a new city', 'How to meet people after moving.'],
  ['tax return deadline', 'Send the income declaration to the revenue office by 31 July.'],
  ['healthy snacks for children', 'Fruit, nuts and carrots for kids between meals.'],
  ['fix a flat bicycle tyre', 'Patching a punctured inner tube on the bike.'],
  ['nervous about speaking in public', 'Stage fright before a presentation: breathe, rehearse.'],
  [
    'what is the weather like in Iceland in winter',
    'Reykjavik in January: dark, windy, around freezing.',
  ],
  ['learning Spanish vocabulary', 'Foreign language words: flash cards every morning.'],
  ['my phone battery is empty by noon', 'Mobile loses its charge too fast; dim the screen.'],
  ['how to apologise to a friend', 'Saying sorry after our quarrel.'],
  ['painting the living room', 'Walls: sand, prime, two coats of white, cover the sofa.'],
  ['invest in shares or funds', 'Stock market savings: broad index, low fees.'],
  ['a cake without eggs', 'Vegan sponge: oil, oat milk, baking powder.'],
  ['going camping with the kids', 'Tent, sleeping bags and games for a family weekend outdoors.'],
  ['the tap is dripping', 'Leaking faucet: change the washer.'],
];

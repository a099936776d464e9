/** HTML's elements, by their names in lower case. */
const names = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Each begins a line of its own. */
export const BLOCK_TAGS = names(`
  address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset
  figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav ol
  optgroup option p pre section summary table tbody tfoot thead title tr ul`);

export const CELL_TAGS = names('td th');

/** What stands between their tags is no text. */
export const MACHINE_TAGS = names('script style');

export const HTML_TAGS = names(`
  ${[...BLOCK_TAGS, ...CELL_TAGS, ...MACHINE_TAGS].join(' ')}
  a abbr acronym applet area audio b base basefont bdi bdo big button canvas cite code col colgroup
  data datalist del dfn em embed font frame frameset i iframe img input ins kbd label link map mark
  menuitem meta meter nobr noframes noscript object output param picture progress q rp rt ruby s samp
  search select slot small source span strike strong sub sup svg path g template textarea time track
  tt u var video wbr`);

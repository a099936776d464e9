/** ENTRY, a worker of the page: reads what whole texts link to and say, beside whatever the page does. */
import { linkKeys, saidIn } from './read-text.ts';

addEventListener('message', ({ data }: MessageEvent<{ n: number; text: string }>) => {
  const { n, text } = data;
  const links = linkKeys(text, text.length);
  postMessage({ n, links, said: saidIn(text, text.length) });
});

/**
 * Tabs that the test library does not hold on to. It keeps its own pages visible and focused, and a
 * visible page cannot be frozen; these are spoken to through the browser alone.
 */
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from '../../scripts/chromium.mjs';

export interface FreeTab {
  evaluate: Page['evaluate'];
  freeze(): Promise<void>;
  resume(): Promise<void>;
  close(): Promise<void>;
}

interface Answer {
  id?: number;
  error?: { message: string };
  result?: {
    result?: { value?: unknown };
    exceptionDetails?: { text: string; exception?: { description?: string } };
  };
}

async function openTab(
  browser: CDPSession,
  browserContextId: string,
  url: string,
): Promise<FreeTab> {
  const { targetId } = await browser.send('Target.createTarget', { url, browserContextId });
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: false });
  const waiting = new Map<number, (answer: Answer) => void>();
  let serial = 0;
  browser.on('Target.receivedMessageFromTarget', (event) => {
    if (event.sessionId !== sessionId) return;
    const answer = JSON.parse(event.message) as Answer;
    waiting.get(answer.id ?? 0)?.(answer);
    waiting.delete(answer.id ?? 0);
  });
  const send = async (method: string, params: object): Promise<Answer['result']> => {
    const id = ++serial;
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    const message = JSON.stringify({ id, method, params });
    await browser.send('Target.sendMessageToTarget', { sessionId, message });
    const { error, result } = await answered;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  };
  const evaluate = async (script: unknown, argument?: unknown): Promise<unknown> => {
    const result = await send('Runtime.evaluate', {
      expression: `(${script})(${JSON.stringify(argument) ?? ''})`,
      awaitPromise: true,
      returnByValue: true,
    });
    const thrown = result?.exceptionDetails;
    if (thrown) throw new Error(thrown.exception?.description ?? thrown.text);
    return result?.result?.value;
  };
  const setLife = async (state: 'frozen' | 'active'): Promise<void> => {
    await send('Page.setWebLifecycleState', { state });
  };
  return {
    evaluate: evaluate as Page['evaluate'],
    freeze: () => setLife('frozen'),
    resume: () => setLife('active'),
    close: async () => {
      await browser.send('Target.closeTarget', { targetId });
    },
  };
}

/** A browser with a profile of its own; `open` opens a tab in front of the others. */
export async function launchFree(): Promise<{
  open(url: string): Promise<FreeTab>;
  close(): Promise<void>;
}> {
  const browser: Browser = await chromium.launch({
    executablePath: findChromium() ?? undefined,
    args: CHROMIUM_ARGS,
  });
  const session = await browser.newBrowserCDPSession();
  const { browserContextId } = await session.send('Target.createBrowserContext');
  return {
    open: (url) => openTab(session, browserContextId, url),
    close: () => browser.close(),
  };
}

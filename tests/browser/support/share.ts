/** Stands in for the system's share sheet, which no headless browser has: the same POST. */
import type { BrowserContext, Page } from '@playwright/test';

interface Share {
  title?: string;
  text?: string;
  url?: string;
  /** Paths. */
  files?: string[];
}

/**
 * Posts as the manifest's share target has it, from a page of nowhere.
 * @param script runs first of all in the page that the app answers with
 */
export async function share(
  context: BrowserContext,
  app: string,
  { files = [], ...fields }: Share,
  script?: () => void,
): Promise<Page> {
  const page = await context.newPage();
  await page.evaluate(
    ([action, values]) => {
      const form = document.createElement('form');
      Object.assign(form, { method: 'post', enctype: 'multipart/form-data', action });
      for (const [name, value] of Object.entries(values as Record<string, string>)) {
        const field = document.createElement('textarea');
        Object.assign(field, { name, value });
        form.append(field);
      }
      const picker = document.createElement('input');
      Object.assign(picker, { type: 'file', name: 'files', multiple: true });
      form.append(picker);
      document.body.append(form);
    },
    [`${app}share`, fields] as const,
  );
  if (files.length > 0) await page.locator('input[type=file]').setInputFiles(files);
  if (script) await page.addInitScript(script);
  await page.evaluate(() => document.querySelector('form')?.submit());
  await page.waitForURL((url) => url.href.startsWith(app));
  return page;
}

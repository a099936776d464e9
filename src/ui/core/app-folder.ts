/** URL of the folder that the app is served from, ending in `/`. */
export const appFolder = (): string => new URL('./', document.baseURI).href;

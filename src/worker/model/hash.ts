import { sha256 } from '../../sha256.ts';

/** SHA-256 of a text, first 128 bits, hex: names a passage by exactly what is embedded. */
export const hashText = async (text: string): Promise<string> => (await sha256(text)).slice(0, 32);

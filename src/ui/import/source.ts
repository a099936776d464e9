/** A file to import, and where it lay. */
export interface Source {
  path: string;
  file: File;
}

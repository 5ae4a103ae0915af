/** What one backup did, in figures: for the snapshot list, the evidence and the benchmarks. */
export interface BackupFigures {
  files: number;
  folders: number;
  links: number;
  /** Of all files in the snapshot, plain. */
  fileBytes: number;
  filesFetched: number;
  /** Unchanged by size and times, or by a hash that the site made. */
  filesReused: number;
  filesHashed: number;
  fileBytesFetched: number;
  tables: number;
  rows: number;
  /** Of the SQL text. */
  databaseBytes: number;
  ranges: number;
  rangesChanged: number;
  /** Bytes of rows that came over. */
  databaseBytesFetched: number;
  /** On the wire, heads and signatures included. */
  wireUp: number;
  wireDown: number;
  requests: number;
  /** What the repository grew by, as stored (compressed and sealed). */
  bytesStored: number;
  blobsNew: number;
  /** Plain bytes that the repository did not have. */
  bytesNew: number;
  /** Of this attempt; the attempts before it are in `attempt`. */
  ms: { total: number; walk: number; files: number; database: number; store: number };
  attempt: number;
}

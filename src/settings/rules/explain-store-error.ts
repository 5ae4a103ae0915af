// Why a backup store did not do what was asked, told from what it answered. Names of errors: Amazon S3's "Error responses";
// Ceph and MinIO use the same.

export const storeSteps = ['put', 'read', 'list', 'delete'] as const;
export type StoreStep = (typeof storeSteps)[number];

/** What came back. */
export interface StoreFailure {
  step: StoreStep;
  /** S3's name of the error, or the class of what was thrown. */
  name: string;
  /** HTTP status; undefined = no answer. */
  status?: number | undefined;
  /** The system's or OpenSSL's code (`ECONNREFUSED`, `CERT_HAS_EXPIRED`). */
  systemCode?: string | undefined;
  /** The store's clock by its answer, and ours, ms since 1970. */
  storeTime?: number | undefined;
  ourTime: number;
  /** A region that the store names as the right one. */
  region?: string | undefined;
}

export type StoreProblem =
  | { code: 'wrong-access-key' }
  | { code: 'wrong-secret-key' }
  | { code: 'no-bucket' }
  | { code: 'no-right'; step: StoreStep }
  | { code: 'clock-skew'; minutes: number | undefined }
  | { code: 'wrong-region'; region: string | undefined }
  | { code: 'certificate'; reason: string }
  | { code: 'no-tls' }
  | { code: 'unknown-host' }
  | { code: 'refused' }
  | { code: 'timeout' }
  | { code: 'no-s3' }
  | { code: 'full' }
  | { code: 'differs' }
  | { code: 'folder-denied' }
  | { code: 'folder-missing' }
  | { code: 'folder-read-only' }
  | { code: 'other'; step: StoreStep; name: string; status: number | undefined };

const byName: Record<string, StoreProblem['code']> = {
  InvalidAccessKeyId: 'wrong-access-key',
  InvalidClientTokenId: 'wrong-access-key',
  SignatureDoesNotMatch: 'wrong-secret-key',
  NoSuchBucket: 'no-bucket',
  InvalidBucketName: 'no-bucket',
  RequestTimeTooSkewed: 'clock-skew',
  RequestExpired: 'clock-skew',
  AuthorizationHeaderMalformed: 'wrong-region',
  PermanentRedirect: 'wrong-region',
  IllegalLocationConstraintException: 'wrong-region',
  QuotaExceeded: 'full',
  InsufficientCapacity: 'full',
  XMinioStorageFull: 'full',
};

/** A proxy's or another program's page where S3's XML should be. */
const notXml = /deserialization|not expected|unexpected (token|closing)|char '|parse/i;

export function explainStoreError(failure: StoreFailure): StoreProblem {
  const { step, name, status, systemCode = '' } = failure;
  if (systemCode === 'ENOTFOUND' || systemCode === 'EAI_AGAIN') return { code: 'unknown-host' };
  if (systemCode === 'ECONNREFUSED') return { code: 'refused' };
  if (systemCode === 'ETIMEDOUT' || name === 'TimeoutError') return { code: 'timeout' };
  if (systemCode === 'EPROTO' || /WRONG_VERSION_NUMBER|ERR_SSL_PACKET/.test(systemCode)) return { code: 'no-tls' };
  if (isCertificate(systemCode)) return { code: 'certificate', reason: systemCode };
  if (systemCode === 'EACCES' || systemCode === 'EPERM') return { code: 'folder-denied' };
  if (systemCode === 'EROFS') return { code: 'folder-read-only' };
  if (systemCode === 'ENOTDIR' || systemCode === 'ENOENT' || systemCode === 'EEXIST') return { code: 'folder-missing' };
  if (systemCode === 'ENOSPC' || systemCode === 'EDQUOT' || status === 507) return { code: 'full' };
  const known = byName[name];
  if (known === 'clock-skew') {
    const { storeTime, ourTime } = failure;
    return { code: known, minutes: storeTime === undefined ? undefined : Math.round((ourTime - storeTime) / 60_000) };
  }
  if (known === 'wrong-region' || status === 301) return { code: 'wrong-region', region: failure.region };
  if (known === 'full' || known === 'no-bucket' || known === 'wrong-access-key' || known === 'wrong-secret-key')
    return { code: known };
  if (status === 401 || status === 403) return { code: 'no-right', step };
  if (notXml.test(name) || status === 405 || (status === 404 && step === 'put')) return { code: 'no-s3' };
  return { code: 'other', step, name, status };
}

/** OpenSSL's reasons against a certificate. */
export function isCertificate(systemCode: string): boolean {
  return /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA)/.test(systemCode);
}

import { SendError, type SendTrouble } from '../../../sender.ts';

/** command_status of SMPP 3.4, 5.1.3. Any other than 0 says that the message was not taken. */
const troubles = new Map<number, SendTrouble>([
  // Already bound, invalid password or system id, bind failed.
  [0x05, 'wrong-credentials'],
  [0x0d, 'wrong-credentials'],
  [0x0e, 'wrong-credentials'],
  [0x0f, 'wrong-credentials'],
  // Internal error, queue full, throttled, temporary errors.
  [0x08, 'busy'],
  [0x14, 'busy'],
  [0x58, 'busy'],
  [0x64, 'busy'],
  [0x66, 'busy'],
  // Destination: address, TON, NPI.
  [0x0b, 'wrong-recipient'],
  [0x50, 'wrong-recipient'],
  [0x51, 'wrong-recipient'],
]);

/** Why the centre did not take something. */
export function troubleOfStatus(status: number): SendError {
  return new SendError(troubles.get(status) ?? 'refused', { said: `SMPP 0x${status.toString(16).padStart(2, '0')}` });
}

// Only what this library uses of sodium-native.
declare module 'sodium-native' {
  const sodium: {
    /** Poly1305; key is r (16 bytes, clamped inside) followed by s (16 bytes). */
    crypto_onetimeauth(output: Uint8Array, message: Uint8Array, key: Uint8Array): void;
    crypto_onetimeauth_verify(mac: Uint8Array, message: Uint8Array, key: Uint8Array): boolean;
  };
  export default sodium;
}

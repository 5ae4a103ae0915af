export {
  findLogo,
  listHouseSettings,
  listHouseStores,
  logoTypes,
  putHouseSetting,
  putHouseStore,
  putLogo,
  type HouseSettingName,
  type LogoType,
} from './house-store.ts';
export {
  logoPath,
  mailPasswordContext,
  readBranding,
  readHouse,
  readMailServer,
  readNewPlace,
  readStores,
  storeKeysContext,
  type Branding,
  type HouseStore,
  type NewPlace,
} from './read-house.ts';
export type { Accent, House } from './rules/settle-house.ts';

interface PaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The command palette. */
export function Palette({ open }: PaletteProps) {
  return open ? null : undefined;
}

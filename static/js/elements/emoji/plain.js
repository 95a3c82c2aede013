// Without capitals, accents and colons, as people search.
export function plain(words) {
  return words.toLowerCase().normalize("NFD").replace(/[\p{M}:]/gu, "").replaceAll("ß", "ss");
}

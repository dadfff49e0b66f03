// What a figure's table says: its series by column, its rows by name, and where each number leads.
export function read(figure) {
  const table = figure.querySelector("table");
  const heads = [...table.tHead.rows[0].cells].slice(1);
  const marked = heads.filter((head) => "series" in head.dataset);
  const chosen = marked.length ? marked : heads;
  const rows = [...table.tBodies[0].rows];
  return {
    names: rows.map((row) => row.cells[0].dataset.name),
    badges: rows.map((row) => row.querySelector(".badge")),
    series: chosen.map((head) => ({
      name: head.textContent,
      cells: rows.map((row) => row.cells[head.cellIndex].querySelector("[data-number]")),
    })),
  };
}

export const numbers = (series) => series.cells.map((cell) => Number(cell.dataset.number));

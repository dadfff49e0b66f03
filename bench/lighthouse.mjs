// Lighthouse over four pages of a running demo: `make lighthouse` beside `make demo`.
// It signs in as a browser would, by posting the form, and passes the session's cookie on.
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const [base, email, password] = process.argv.slice(2);
const CATEGORIES = ["performance", "accessibility", "best-practices"];
const LEAST = 95;

async function signIn() {
  const address = `${base}/accounts/login/`;
  const page = await fetch(address);
  const token = (await page.text()).match(/csrfmiddlewaretoken" value="([^"]+)"/)[1];
  const csrf = page.headers.getSetCookie()[0].split(";")[0];
  const answer = await fetch(address, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: csrf, referer: address },
    body: new URLSearchParams({ csrfmiddlewaretoken: token, login: email, password }),
  });
  const session = answer.headers.getSetCookie().find((each) => each.startsWith("sessionid="));
  if (!session) throw new Error(`${email} could not sign in: ${answer.status}`);
  return session.split(";")[0];
}

async function firstLink(path, pattern, cookie) {
  const page = await fetch(base + path, { headers: { cookie } });
  return (await page.text()).match(pattern)[1];
}

// A browser of its own each time: nothing is cached, and a cookie that the site set would replace ours.
async function measure(path, cookie, form) {
  const chrome = await launch({
    chromePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
    chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"],
  });
  try {
    const flags = { port: chrome.port, onlyCategories: CATEGORIES, logLevel: "error" };
    if (cookie) flags.extraHeaders = { cookie };
    const { lhr } = await lighthouse(base + path, flags, form === "desktop" ? desktopConfig : undefined);
    return checked(lhr, path);
  } finally {
    await chrome.kill();
  }
}

// A redirect to the sign-in page would score well too.
function checked(lhr, path) {
  if (lhr.runtimeError) throw new Error(`${path}: ${lhr.runtimeError.message}`);
  if (lhr.finalDisplayedUrl !== base + path) throw new Error(`${path} led to ${lhr.finalDisplayedUrl}`);
  return lhr;
}

function report(name, form, lhr) {
  const scores = CATEGORIES.map((each) => Math.round(lhr.categories[each].score * 100));
  const bytes = Math.round(lhr.audits["total-byte-weight"].numericValue / 1024);
  const paint = (lhr.audits["largest-contentful-paint"].numericValue / 1000).toFixed(1);
  console.log(`| ${name} | ${form} | ${scores.join(" | ")} | ${paint} s | ${bytes} KB |`);
  const weighty = CATEGORIES.flatMap((each) => lhr.categories[each].auditRefs).filter(({ weight }) => weight);
  const faults = weighty.map(({ id }) => lhr.audits[id]).filter(({ score }) => score !== null && score < 0.9);
  for (const fault of faults) console.error(`  ${name}, ${form}: ${fault.id} ${fault.displayValue ?? ""}`);
  return scores.every((score) => score >= LEAST);
}

const cookie = await signIn();
const pages = [
  ["landing", "/", ""],
  ["directory", "/labels/", ""],
  ["submission form", await firstLink("/submissions/?tab=drafts", /href="(\/submissions\/TF-[^"]+edit\/)"/, cookie), cookie],
  ["submission", await firstLink("/submissions/", /href="(\/submissions\/TF-[^"/]+\/)"/, cookie), cookie],
];
let good = true;
console.log("| page | as | performance | accessibility | best practices | largest paint | weight |");
console.log("| --- | --- | --- | --- | --- | --- | --- |");
for (const [name, path, session] of pages) {
  for (const form of ["telephone", "desktop"]) {
    good = report(name, form, await measure(path, session, form)) && good;
  }
}
process.exitCode = good ? 0 : 1;

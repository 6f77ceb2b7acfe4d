-- The mix of tests/proof/load.py: of a hundred requests 10 are bad input, 10 pages and articles, 10 static files, and 70
-- questions, of which as many as the second argument says were never asked before and are refused. Counts every status.

local threads = {}
local questions = {}
local count = 0

local function encode(text)
  return (text:gsub("[^%w]", function(char) return string.format("%%%02X", char:byte()) end))
end

function setup(thread)
  table.insert(threads, thread)
  thread:set("seed", #threads)
end

function init(args)
  statuses = ""
  seen = {}
  math.randomseed(seed)
  fresh = tonumber(args[2])
  for line in io.lines(args[1]) do table.insert(questions, line) end
end

local json = { ["Content-Type"] = "application/json" }
local html = { ["Accept"] = "text/html" }
local static = { "/static/app.css", "/static/app.js", "/static/favicon.svg" }
local pages = { "/", "/artikel/suara", "/articles", "/articles/perspektif", "/docs", "/openapi.json", "/readyz" }
local bad = {
  function() return wrk.format("POST", "/ask", json, "{") end,
  function() return wrk.format("POST", "/ask", json, '{"question": 7}') end,
  function() return wrk.format("POST", "/ask", json, '{"question": "' .. string.rep("x", 600) .. '"}') end,
  function() return wrk.format("POST", "/ask", { ["Content-Type"] = "text/plain" }, "apa") end,
  function() return wrk.format("GET", "/ask?q=%00", {}) end,
  function() return wrk.format("GET", "/tidak/ada", html) end,
  function() return wrk.format("GET", "/articles/..%2f..%2fetc", {}) end,
  function() return wrk.format("GET", "/artikel/%3Cscript%3E", html) end,
}

function request()
  count = count + 1
  local n = math.random(100)
  local question = questions[math.random(#questions)]
  if n <= fresh then
    return wrk.format("GET", "/ask?q=" .. encode("Siapa presiden negara nomor " .. seed .. " " .. count), {})
  end
  if n <= 45 then return wrk.format("GET", "/ask?q=" .. encode(question), {}) end
  if n <= 60 then return wrk.format("GET", "/?q=" .. encode(question), html) end
  if n <= 70 then return wrk.format("POST", "/ask", json, '{"question": "Apa tujuannya?", "history": ["Apa itu CSTO?"]}') end
  if n <= 80 then return bad[math.random(#bad)]() end
  if n <= 90 then return wrk.format("GET", pages[math.random(#pages)], { ["Accept-Encoding"] = "gzip" }) end
  return wrk.format("GET", static[math.random(#static)], {})
end

function response(status)
  seen[status] = (seen[status] or 0) + 1
  local parts = {}
  for each, number in pairs(seen) do table.insert(parts, each .. "=" .. number) end
  statuses = table.concat(parts, ",")
end

function done(summary, latency)
  local total = {}
  for _, thread in ipairs(threads) do
    for status, number in thread:get("statuses"):gmatch("(%d+)=(%d+)") do
      total[status] = (total[status] or 0) + tonumber(number)
    end
  end
  local parts = {}
  for status, number in pairs(total) do table.insert(parts, string.format('"%s": %d', status, number)) end
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  print(string.format('\n{"requests": %d, "duration": %d, "p50": %d, "p99": %d, "errors": %d, "statuses": {%s}}',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors, table.concat(parts, ", ")))
end

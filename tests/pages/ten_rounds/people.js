// What the page expects, in the order of people.xlsx.
const people = [
  {"First Name": "Ada", "Last Name": "Brook", "Company Name": "Moss & Fern Ltd", "Role in Company": "Accountant", "Address": "12 Lake Road", "Email": "ada.brook@example.com", "Phone Number": "40716543298"},
  {"First Name": "Jussi", "Last Name": "Mäkelä", "Company Name": "Harbour Works Oy", "Role in Company": "Welder", "Address": "Rantakatu 3 B", "Email": "jussi.makela@example.com", "Phone Number": "40792145322"},
  {"First Name": "Mei", "Last Name": "Lin", "Company Name": "Quiet Rivers", "Role in Company": "Analyst", "Address": "88 Jade Street", "Email": "mei.lin@example.com", "Phone Number": "40735416854"},
  {"First Name": "Rosa", "Last Name": "de la Vega", "Company Name": "Sol y Sombra SA", "Role in Company": "Sales Manager", "Address": "Calle Mayor 21", "Email": "rosa.vega@example.com", "Phone Number": "40733652145"},
  {"First Name": "Otto", "Last Name": "Groß", "Company Name": "Nordlicht GmbH", "Role in Company": "Developer", "Address": "Am Kanal 7", "Email": "otto.gross@example.com", "Phone Number": "40799885412"},
  {"First Name": "Nia", "Last Name": "O'Hara", "Company Name": "Tern & Sons", "Role in Company": "Nurse", "Address": "4 Cliff Walk", "Email": "nia.ohara@example.com", "Phone Number": "40733154268"},
  {"First Name": "Paul", "Last Name": "Lefèvre", "Company Name": "Atelier Bleu", "Role in Company": "Designer", "Address": "9 rue du Port", "Email": "paul.lefevre@example.com", "Phone Number": "40712462257"},
  {"First Name": "Sven", "Last Name": "Ek", "Company Name": "Granit AB", "Role in Company": "Fireman", "Address": "Storgatan 15", "Email": "sven.ek@example.com", "Phone Number": "40741785214"},
  {"First Name": "Yuki", "Last Name": "Hara", "Company Name": "Plum Blossom KK", "Role in Company": "Photographer", "Address": "2-8 Sakura", "Email": "yuki.hara@example.com", "Phone Number": "40731653845"},
  {"First Name": "Tom", "Last Name": "Birch", "Company Name": "Birch Boats", "Role in Company": "Boat Builder", "Address": "Old Slipway", "Email": "tom.birch@example.com", "Phone Number": "40716543299"},
];

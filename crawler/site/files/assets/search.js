new PagefindUI({ element: "#search", showSubResults: false, showImages: false });
